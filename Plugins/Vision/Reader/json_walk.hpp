// JSON larger than one would hold in memory: an array of records, window by window.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "buffer.hpp"
#include "input.hpp"

namespace assay_vision {

namespace ondemand = simdjson::ondemand;

// What is wrong with a record, without where it stands.
struct Problem {
  std::string text;
};

// What takes the records of an array.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // Throws `Problem`, and `simdjson_error` where the text is no JSON.
  virtual void add(ondemand::object record, int64_t index) = 0;
  // Takes the records that stand at `text`, which begins inside of an array, as long as they
  // are ones that need no parser: where it stopped, at the comma or the end behind one.
  // `text` where there is none.
  virtual const char *add_plain(const char *text, int64_t &) { return text; }
  // Forgets the records from `index` on, and what was taken of a broken one.
  virtual void rewind(int64_t index) = 0;
  // Whether the rest of the array need not be looked at.
  virtual bool is_satisfied() const { return false; }
};

// A walk over a JSON document from its start to its end. Throws `Failure`.
class JSONWalk {
 public:
  explicit JSONWalk(const std::string &path);

  // The first sign of the value that comes next; 0 at the end of the file.
  char peek();
  // Steps into the object that comes next.
  void enter_object();
  // The name of the object's next member, whose value comes next then; false at its end.
  bool next_member(std::string &name);
  // Passes over the value that comes next.
  void skip_value();
  // Gives the records of the array that comes next, which messages call `name`, to
  // `sink`. False where the sink was satisfied before the array's end.
  bool read_records(const std::string &name, RecordSink &sink);
  // Nothing but space may come.
  void require_end();

  const std::string &path() const { return path_; }

 private:
  // Records to parse at once: from a `[` to a sign that is read as `]`.
  enum class Close { comma, root, bracket };
  struct Piece {
    size_t length = 0;
    Close close = Close::bracket;
  };
  enum class Outcome { ended, more, satisfied };

  char *text() { return memory_.data() + start_; }
  size_t length() const { return memory_.size() - start_; }
  bool fill();
  bool skip_space();
  void consume(size_t count) { start_ += count; }
  bool read_plain(RecordSink &sink, int64_t &index);
  Piece guessed_piece();
  Piece exact_piece(const std::string &name, int64_t index);
  Outcome read_piece(Piece piece, RecordSink &sink, int64_t &index);
  Outcome parse_piece(size_t piece_length, RecordSink &sink, int64_t &index, size_t &used);
  Outcome reread_exactly(const std::string &name, RecordSink &sink, int64_t &index);
  std::string identity(size_t piece_length, int64_t position);
  [[noreturn]] void broken(const std::string &what);

  std::string path_;
  std::unique_ptr<Input> input_;
  Buffer<char> memory_;
  size_t start_ = 0;
  // Where the memory's first byte stands in the file.
  uint64_t offset_ = 0;
  bool at_end_ = false;
  bool is_first_member_ = false;
  // Whether the array's next record must be there.
  bool after_comma_ = false;
  ondemand::parser parser_;
};

}  // namespace assay_vision
