#include "voc_file.hpp"

#include <climits>
#include <cstring>
#include <expat.h>
#include <memory>
#include <string_view>

#include "failure.hpp"
#include "fields.hpp"
#include "folder.hpp"

namespace assay_vision {
namespace {

constexpr size_t deepest = 64;
constexpr size_t longest_text = 4096;

// Takes what expat sees. Exceptions must not pass through expat, so that the first failure is
// kept and parsing stops.
class Handler {
 public:
  Handler(const std::string &path, XML_Parser parser) : path_(path), parser_(parser) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, started, ended);
    XML_SetCharacterDataHandler(parser, heard);
    XML_SetStartDoctypeDeclHandler(parser, declared);
  }

  VOCFile file;
  std::string failure;

 private:
  static Handler &self(void *data) { return *static_cast<Handler *>(data); }

  static void started(void *data, const XML_Char *name, const XML_Char **) {
    self(data).run([&](Handler &handler) { handler.start(name); });
  }
  static void ended(void *data, const XML_Char *) {
    self(data).run([](Handler &handler) { handler.end(); });
  }
  static void heard(void *data, const XML_Char *text, int length) {
    self(data).run([&](Handler &handler) {
      if (handler.text_.size() < longest_text) handler.text_.append(text, size_t(length));
    });
  }
  static void declared(void *data, const XML_Char *, const XML_Char *, const XML_Char *, int) {
    self(data).fail("has a document type, which annotations have no need of. Take it out");
  }

  template <typename Body>
  void run(Body body) noexcept {
    if (!failure.empty()) return;
    try {
      body(*this);
    } catch (const std::exception &) {
      fail("needs more memory than there is");
    }
  }

  void fail(const std::string &what) {
    if (failure.empty())
      failure = place(path_, XML_GetCurrentLineNumber(parser_)) + " " + what + ".";
    XML_StopParser(parser_, XML_FALSE);
  }

  void start(const char *name) {
    if (names_.size() >= deepest) return fail("is nested deeper than 64 times");
    names_.emplace_back(name);
    text_.clear();
    if (names_.size() == 1 && names_[0] != "annotation")
      return fail("begins with <" + names_[0] + ">. An annotation of Pascal VOC begins with <annotation>");
    if (is_at({"annotation", "object"})) file.objects.emplace_back();
  }

  void end() {
    take(trimmed(text_));
    names_.pop_back();
    text_.clear();
  }

  bool is_at(std::initializer_list<std::string_view> path) const {
    return std::equal(names_.begin(), names_.end(), path.begin(), path.end());
  }

  void take(std::string_view text) {
    if (is_at({"annotation", "filename"})) file.file_name = text;
    if (is_at({"annotation", "size", "width"})) take_number(text, file.width);
    if (is_at({"annotation", "size", "height"})) take_number(text, file.height);
    if (file.objects.empty() || names_.size() < 3 || names_[1] != "object") return;
    VOCObject &object = file.objects.back();
    if (is_at({"annotation", "object", "name"})) object.name = text;
    if (is_at({"annotation", "object", "score"}) || is_at({"annotation", "object", "confidence"}))
      take_number(text, object.score);
    if (is_at({"annotation", "object", "difficult"})) {
      std::optional<double> value;
      take_number(text, value);
      object.is_difficult = value && *value != 0;
    }
    const char *corners[] = {"xmin", "ymin", "xmax", "ymax"};
    for (size_t corner = 0; corner < 4; ++corner)
      if (is_at({"annotation", "object", "bndbox", corners[corner]}))
        take_number(text, object.corners[corner]);
  }

  void take_number(std::string_view text, std::optional<double> &value) {
    double number;
    if (!parse(text, number))
      return fail("has \"" + std::string(text.substr(0, 40)) + "\" in <" + names_.back() +
                  ">, where a number belongs");
    value = number;
  }

  const std::string &path_;
  XML_Parser parser_;
  std::vector<std::string> names_;
  std::string text_;
};

}  // namespace

VOCFile read_voc_file(const std::string &path) {
  std::string text = contents(path);
  if (text.size() > INT_MAX) refuse(path + " is larger than 2 GiB.");
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser(
      XML_ParserCreate(nullptr), XML_ParserFree);
  if (parser == nullptr) throw std::bad_alloc();
  Handler handler(path, parser.get());
  auto status = XML_Parse(parser.get(), text.data(), int(text.size()), 1);
  if (!handler.failure.empty()) refuse(handler.failure);
  if (status != XML_STATUS_OK)
    refuse(place(path, XML_GetCurrentLineNumber(parser.get())) + " is no XML: " +
           XML_ErrorString(XML_GetErrorCode(parser.get())) + ".");
  return std::move(handler.file);
}

}  // namespace assay_vision
