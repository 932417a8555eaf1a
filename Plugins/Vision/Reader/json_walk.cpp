#include "json_walk.hpp"

#include <algorithm>
#include <cstring>

#include "failure.hpp"
#include "flat_records.hpp"

namespace assay_vision {
namespace {

// What is parsed at once stays in the processor's caches.
constexpr size_t window = size_t(1) << 18;
constexpr int deepest = 1024;
constexpr size_t padding = std::max(simdjson::SIMDJSON_PADDING, FlatRecords::padding);

bool is_space(char sign) { return sign == ' ' || sign == '\n' || sign == '\r' || sign == '\t'; }

// Follows JSON text sign by sign, as far as to know what is inside of what.
struct Nesting {
  int depth = 0;
  bool in_string = false;
  bool is_escaped = false;

  void step(char sign) {
    if (in_string) {
      if (is_escaped) {
        is_escaped = false;
      } else if (sign == '\\') {
        is_escaped = true;
      } else if (sign == '"') {
        in_string = false;
      }
    } else if (sign == '"') {
      in_string = true;
    } else if (sign == '[' || sign == '{') {
      depth += 1;
    } else if (sign == ']' || sign == '}') {
      depth -= 1;
    }
  }
};

}  // namespace

JSONWalk::JSONWalk(const std::string &path) : path_(path), input_(open_input(path)) {
  fill();
  // A byte order mark, as some editors write it.
  if (std::string_view(text(), length()).starts_with("\xEF\xBB\xBF")) consume(3);
}

// Reads more behind what is there; false at the end of the file. A window that holds a
// long record doubles.
bool JSONWalk::fill() {
  if (at_end_) return false;
  size_t kept = length();
  if (start_ > 0) std::memmove(memory_.data(), text(), kept);
  offset_ += start_;
  start_ = 0;
  size_t wanted = std::max(window, kept);
  memory_.resize(kept + wanted + padding);
  size_t got = input_->read(memory_.data() + kept, wanted);
  std::memset(memory_.data() + kept + got, 0, padding);
  memory_.resize(kept + got);
  at_end_ = got < wanted;
  return got > 0;
}

bool JSONWalk::skip_space() {
  do {
    while (length() > 0 && is_space(*text())) consume(1);
  } while (length() == 0 && fill());
  return length() > 0;
}

void JSONWalk::broken(const std::string &what) {
  refuse(path_ + " is no JSON: " + what + " at byte " + std::to_string(offset_ + start_) + ".");
}

char JSONWalk::peek() { return skip_space() ? *text() : 0; }

void JSONWalk::enter_object() {
  if (peek() != '{') broken("no object");
  consume(1);
  is_first_member_ = true;
}

bool JSONWalk::next_member(std::string &name) {
  char sign = peek();
  if (sign == '}') {
    consume(1);
    return false;
  }
  if (sign == 0) refuse(path_ + " ends too early: it was cut off. Get or write it again.");
  if (!is_first_member_) {
    if (sign != ',') broken("a comma is missing");
    consume(1);
  }
  is_first_member_ = false;
  if (peek() != '"') broken("the name of a member is missing");
  consume(1);
  name.clear();
  for (Nesting nesting{0, true, false};; consume(1)) {
    if (length() == 0 && !fill()) broken("a text has no end");
    nesting.step(*text());
    if (!nesting.in_string) break;
    name += *text();
  }
  consume(1);
  if (peek() != ':') broken("a colon is missing");
  consume(1);
  skip_space();
  return true;
}

void JSONWalk::skip_value() {
  Nesting nesting;
  for (bool has_begun = false;; has_begun = true) {
    if (length() == 0 && !fill())
      refuse(path_ + " ends too early: it was cut off. Get or write it again.");
    char sign = *text();
    bool is_between = nesting.depth == 0 && !nesting.in_string;
    if (is_between && (sign == ',' || sign == '}' || sign == ']' || (has_begun && is_space(sign)))) {
      if (!has_begun) broken("a value is missing");
      return;
    }
    nesting.step(sign);
    if (nesting.depth > deepest) broken("values are nested deeper than 1,024 times");
    consume(1);
    if (nesting.depth == 0 && (sign == '}' || sign == ']') && !nesting.in_string) return;
  }
}

void JSONWalk::require_end() {
  if (skip_space()) broken("something follows the end of the document");
}

bool JSONWalk::read_records(const std::string &name, RecordSink &sink) {
  if (peek() != '[') refuse(path_ + ": " + name + " must be a list of objects.");
  int64_t index = 0;
  while (true) {
    while (length() < window && fill()) {
    }
    if (read_plain(sink, index)) continue;
    Piece piece = guessed_piece();
    if (piece.length == 0 && fill()) continue;
    int64_t first = index;
    Outcome outcome;
    try {
      if (piece.length == 0) throw Problem{};
      outcome = read_piece(piece, sink, index);
    } catch (const Problem &) {
      sink.rewind(index = first);
      outcome = reread_exactly(name, sink, index);
    } catch (const simdjson::simdjson_error &) {
      sink.rewind(index = first);
      outcome = reread_exactly(name, sink, index);
    }
    if (outcome != Outcome::more) return outcome == Outcome::ended;
  }
}

// Whether there were records that need no parser; what comes next is still the array's.
bool JSONWalk::read_plain(RecordSink &sink, int64_t &index) {
  const char *end = sink.add_plain(text() + 1, index);
  size_t used = size_t(end - text());
  if (used == 1) return false;
  after_comma_ = *end == ',';
  consume(used - (*end == ']'));
  *text() = '[';
  return true;
}

// Up to the last `}, {` of the window, which almost always lies between two records. Where
// it does not, a text or a record is cut, and parsing fails.
JSONWalk::Piece JSONWalk::guessed_piece() {
  const char *signs = text();
  size_t end = length();
  if (at_end_) {
    while (end > 0 && is_space(signs[end - 1])) end -= 1;
    if (signs[end - 1] == ']') return {end, Close::bracket};
    if (signs[end - 1] == '}') return {end, Close::root};
  }
  while (end > 1) {
    auto brace = static_cast<const char *>(memrchr(signs + 1, '{', end - 1));
    if (brace == nullptr) return {};
    size_t comma = size_t(brace - signs) - 1;
    end = comma + 1;
    while (comma > 0 && is_space(signs[comma])) comma -= 1;
    if (signs[comma] != ',') continue;
    size_t before = comma - 1;
    while (before > 0 && is_space(signs[before])) before -= 1;
    if (signs[before] == '}') return {comma + 1, Close::comma};
  }
  return {};
}

// The same, sign by sign: to the array's end, or to the window's last comma between two
// records.
JSONWalk::Piece JSONWalk::exact_piece(const std::string &name, int64_t index) {
  Nesting nesting;
  size_t comma = 0;
  for (size_t position = 0;; ++position) {
    if (position == length()) {
      if (comma > 0) return {comma + 1, Close::comma};
      if (!fill())
        refuse(path_ + " ends in the middle of " + name + "[" + std::to_string(index) +
               "]: it was cut off. Get or write it again.");
    }
    char sign = text()[position];
    bool is_outside = !nesting.in_string;
    nesting.step(sign);
    if (nesting.depth > deepest)
      refuse(path_ + ": " + name + " has values that are nested deeper than 1,024 times.");
    if (!is_outside || nesting.depth > 1) continue;
    if (nesting.depth <= 0) return {position + 1, Close::bracket};
    if (sign == ',') comma = position;
  }
}

JSONWalk::Outcome JSONWalk::read_piece(Piece piece, RecordSink &sink, int64_t &index) {
  size_t used = 0;
  int64_t first = index;
  Outcome outcome = parse_piece(piece.length, sink, index, used);
  if (after_comma_ && index == first) throw Problem{"is missing behind the last comma"};
  after_comma_ = false;
  if (outcome == Outcome::satisfied) return outcome;
  bool has_own_end = used < piece.length || piece.close == Close::bracket;
  if (has_own_end) {
    consume(used);
    return Outcome::ended;
  }
  if (piece.close == Close::root) throw Problem{"has no end"};
  consume(piece.length - 1);
  *text() = '[';
  after_comma_ = true;
  return Outcome::more;
}

// `used` is where the first value behind the array's end begins.
JSONWalk::Outcome JSONWalk::parse_piece(size_t piece_length, RecordSink &sink, int64_t &index,
                                        size_t &used) {
  // What is behind a piece must not look like more of it.
  struct Borrowed {
    char *place;
    char close, behind;
    Borrowed(char *at) : place(at), close(at[0]), behind(at[1]) { at[0] = ']', at[1] = 0; }
    ~Borrowed() { place[0] = close, place[1] = behind; }
  } borrowed(text() + piece_length - 1);

  ondemand::document document = parser_.iterate(
      simdjson::padded_string_view(text(), piece_length, piece_length + simdjson::SIMDJSON_PADDING));
  ondemand::array records = document.get_array();
  for (auto element : records) {
    ondemand::object record;
    if (auto problem = element.get(record)) {
      if (problem == simdjson::INCORRECT_TYPE) throw Problem{"is no object"};
      throw simdjson::simdjson_error(problem);
    }
    sink.add(record, index);
    index += 1;
    if (sink.is_satisfied()) return Outcome::satisfied;
  }
  const char *place = nullptr;
  used = document.current_location().get(place) ? piece_length : size_t(place - text());
  return Outcome::more;
}

JSONWalk::Outcome JSONWalk::reread_exactly(const std::string &name, RecordSink &sink,
                                           int64_t &index) {
  Piece piece = exact_piece(name, index);
  int64_t first = index;
  auto record = [&] { return path_ + ", " + name + "[" + std::to_string(index) + "]"; };
  try {
    return read_piece(piece, sink, index);
  } catch (const Problem &problem) {
    refuse(record() + identity(piece.length, index - first) + " " + problem.text);
  } catch (const simdjson::simdjson_error &problem) {
    refuse(record() + " is no JSON: " + problem.what());
  }
}

// What a record calls itself, for messages.
std::string JSONWalk::identity(size_t piece_length, int64_t position) {
  std::string padded(text(), piece_length - 1);
  padded += ']';
  simdjson::padded_string copy(padded);
  std::string result;
  ondemand::parser parser;
  ondemand::document document;
  ondemand::array records;
  if (parser.iterate(copy).get(document) || document.get_array().get(records)) return result;
  // After an error in the text nothing may be asked of the parser any more.
  for (auto element : records) {
    if (element.error()) return result;
    if (position-- > 0) continue;
    ondemand::object record;
    if (element.get(record)) return result;
    for (const char *key : {"id", "image_id"}) {
      int64_t number;
      auto problem = record.find_field_unordered(key).get_int64().get(number);
      if (problem == simdjson::NO_SUCH_FIELD || problem == simdjson::INCORRECT_TYPE) continue;
      if (problem) break;
      result += (result.empty() ? " (" : ", ") + std::string(key) + " " + std::to_string(number);
    }
    break;
  }
  return result.empty() ? result : result + ")";
}

}  // namespace assay_vision
