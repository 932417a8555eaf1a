#include "csv_rows.hpp"

#include <charconv>

#include <arrow/array.h>
#include <arrow/memory_pool.h>
#include <arrow/type.h>

#include "failure.hpp"

namespace assay {
namespace {

constexpr size_t longest_excerpt = 60;

std::string excerpt(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  if (text.size() <= longest_excerpt) return "\"" + std::string(text) + "\"";
  size_t end = longest_excerpt;
  while (end > 0 && (text[end] & 0xC0) == 0x80) end -= 1;
  return "\"" + std::string(text.substr(0, end)) + "…\"";
}

std::string plural(int count, const char *noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

// Arrow puts "Row #12: " in front of what a converter says.
int64_t row_in(const std::string &message) {
  size_t at = message.find("Row #");
  if (at == std::string::npos) return -1;
  int64_t row = -1;
  std::from_chars(message.data() + at + 5, message.data() + message.size(), row);
  return row;
}

std::string field_text(const arrow::csv::BlockParser &rows, int position, int64_t row) {
  std::string text;
  int64_t current = 0;
  (void)rows.VisitColumn(position, [&](const uint8_t *data, uint32_t size, bool, bool) {
    if (current++ == row) text.assign(reinterpret_cast<const char *>(data), size);
    return arrow::Status::OK();
  });
  return text;
}

std::string_view noun(const arrow::DataType &type) {
  if (type.id() == arrow::Type::BOOL) return "a truth value (true or false)";
  if (arrow::is_integer(type.id())) return "a whole number";
  if (arrow::is_floating(type.id())) return "a number";
  return "text";
}

// The name that manifests use.
std::string name_of(const arrow::DataType &type) {
  if (type.id() == arrow::Type::DOUBLE) return "float64";
  return type.id() == arrow::Type::FLOAT ? "float32" : type.ToString();
}

BadRow bad_value(const arrow::Status &status, const arrow::csv::BlockParser &rows,
                 const CsvColumn &column) {
  BadRow bad{row_in(status.message()), "column \"" + column.name + "\": "};
  if (arrow::is_base_binary_like(column.type->id())) {
    bad.words += status.message().find("UTF8") != std::string::npos
                     ? "the text is not UTF-8. Save the file as UTF-8."
                     : status.message();
    return bad;
  }
  if (bad.row < 0) {
    bad.words += status.message();
    return bad;
  }
  std::string text = field_text(rows, column.position, bad.row);
  bad.words += excerpt(text) + " is not " + std::string(noun(*column.type)) + " (" +
               name_of(*column.type) + ")." +
               (text.empty() ? "" : " If it stands for a missing value, name it with --null-text.");
  return bad;
}

}  // namespace

arrow::MemoryPool *block_memory() { return arrow::system_memory_pool(); }

NullRules::NullRules(const std::vector<std::string> &null_text) {
  text_ = arrow::csv::ConvertOptions::Defaults();
  text_.null_values = {""};
  text_.null_values.insert(text_.null_values.end(), null_text.begin(), null_text.end());
  text_.strings_can_be_null = true;
  text_.quoted_strings_can_be_null = false;
  number_ = text_;
  number_.null_values.insert(number_.null_values.end(), {"NaN", "nan"});
  number_.quoted_strings_can_be_null = true;
}

const arrow::csv::ConvertOptions &NullRules::of(const arrow::DataType &type) const {
  return arrow::is_base_binary_like(type.id()) ? text_ : number_;
}

CsvRows::CsvRows(char delimiter, int field_count) : field_count_(field_count) {
  options_ = arrow::csv::ParseOptions::Defaults();
  options_.delimiter = delimiter;
  options_.newlines_in_values = true;
  // Where there is one column, an empty line is a row whose field is empty.
  options_.ignore_empty_lines = field_count != 1;
}

std::unique_ptr<arrow::csv::BlockParser> CsvRows::parse(std::string_view text, bool is_last,
                                                        uint32_t &consumed,
                                                        std::optional<BadRow> &bad,
                                                        int32_t limit) const {
  auto options = options_;
  // Without quotes Arrow has a faster parser.
  options.quoting = text.find('"') != std::string_view::npos;
  options.invalid_row_handler = [&bad](const arrow::csv::InvalidRow &row) {
    bad = BadRow{row.number, "it has " + plural(row.actual_columns, "field") +
                                 " where the header has " + std::to_string(row.expected_columns) +
                                 ": " + excerpt(row.text)};
    return arrow::csv::InvalidRowResult::Error;
  };
  auto rows = std::make_unique<arrow::csv::BlockParser>(block_memory(), std::move(options),
                                                        field_count_, 0, limit);
  auto status = is_last ? rows->ParseFinal(text, &consumed) : rows->Parse(text, &consumed);
  if (!status.ok() && !bad) bad = BadRow{row_in(status.message()), status.message()};
  return rows;
}

std::vector<std::shared_ptr<arrow::Array>> CsvRows::convert(
    const arrow::csv::BlockParser &rows, const std::vector<CsvColumn> &columns,
    std::optional<BadRow> &bad) const {
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  arrays.reserve(columns.size());
  for (const CsvColumn &column : columns) {
    auto array = column.converter->Convert(rows, column.position);
    if (array.ok()) {
      arrays.push_back(std::move(array).ValueUnsafe());
      continue;
    }
    auto found = bad_value(array.status(), rows, column);
    // The first row that is wrong is told, whichever column it is in.
    if (!bad || found.row < bad->row) bad = found;
  }
  return arrays;
}

std::shared_ptr<arrow::DataType> CsvRows::infer(const arrow::csv::BlockParser &rows, int position,
                                                const NullRules &nulls) const {
  for (const auto &type : {arrow::int64(), arrow::float64(), arrow::boolean()}) {
    auto converter = arrow::csv::Converter::Make(type, nulls.of(*type));
    if (!converter.ok()) continue;
    auto array = (*converter)->Convert(rows, position);
    if (!array.ok()) continue;
    if ((*array)->null_count() == (*array)->length()) return arrow::utf8();
    return type;
  }
  return arrow::utf8();
}

}  // namespace assay
