// Records of numbers that are all written in the same way.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace assay_vision {

// Programs write every record with the same names in the same order, so that two records
// differ in their numbers only. What a JSON parser found once to be a record then is one
// wherever the text between the numbers is the same, and is read several times as fast as by
// a parser that must be ready for everything. A record that is written in another way is left to
// the parser.
class FlatRecords {
 public:
  // A text that is compared in words of 8 bytes.
  class Literal {
   public:
    Literal() = default;
    explicit Literal(std::string_view text);
    size_t size() const { return size_; }

    // Whether it stands at `place`, behind which there are 8 bytes more than it has.
    bool is_at(const char *place) const {
      for (uint64_t expected : words_) {
        uint64_t found;
        std::memcpy(&found, place, sizeof found);
        if (found != expected) return false;
        place += sizeof found;
      }
      uint64_t found;
      std::memcpy(&found, place, sizeof found);
      return (found & last_mask_) == last_;
    }

   private:
    std::vector<uint64_t> words_;
    uint64_t last_ = 0, last_mask_ = 0;
    size_t size_ = 0;
  };

  // Where the numbers of a record go.
  struct Slot {
    // The text before the number.
    Literal before;
    // The name of the field, and which of its list's numbers this is (0 without a list).
    std::string field;
    size_t element = 0;
    // An integer or a number, and where it goes.
    int64_t *integer = nullptr;
    double *number = nullptr;
  };

  // Learns from a record that is valid JSON. Without slots where it holds other things than
  // numbers and lists of numbers.
  void learn(std::string_view record);

  std::vector<Slot> &slots() { return slots_; }
  void forget() { slots_.clear(); }
  bool is_usable() const { return !slots_.empty(); }

  // Reads the record at `text` into the slots' places and returns where it ends; null where it
  // is none of this kind. There must be `padding` zeros behind the text.
  const char *read(const char *text) const;

  static constexpr size_t padding = 256;

 private:
  std::vector<Slot> slots_;
  Literal end_;
};

}  // namespace assay_vision
