#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

#include "failure.hpp"
#include "table.hpp"

namespace assay_vision {
namespace {

constexpr int64_t batch_rows = 512;

// What an exported schema owns.
struct SchemaNode {
  std::string format, name, metadata;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema *> pointers;
};

void release_schema(ArrowSchema *schema) {
  auto node = static_cast<SchemaNode *>(schema->private_data);
  for (ArrowSchema &child : node->children)
    if (child.release != nullptr) child.release(&child);
  delete node;
  schema->release = nullptr;
}

ArrowSchema make_schema(std::string format, std::string name, std::vector<ArrowSchema> children,
                        bool is_nullable = false, std::string metadata = {}) {
  auto node = new SchemaNode{std::move(format), std::move(name), std::move(metadata),
                             std::move(children), {}};
  for (ArrowSchema &child : node->children) node->pointers.push_back(&child);
  ArrowSchema schema{};
  schema.format = node->format.c_str();
  schema.name = node->name.c_str();
  schema.metadata = node->metadata.empty() ? nullptr : node->metadata.data();
  schema.flags = is_nullable ? ARROW_FLAG_NULLABLE : 0;
  schema.n_children = int64_t(node->children.size());
  schema.children = node->pointers.data();
  schema.release = release_schema;
  schema.private_data = node;
  return schema;
}

const char *format_of(ColumnView::Kind kind) {
  switch (kind) {
    case ColumnView::Kind::int64: return "l";
    case ColumnView::Kind::float64: return "g";
    case ColumnView::Kind::boolean: return "b";
    case ColumnView::Kind::text: return "u";
    case ColumnView::Kind::binary: return "z";
  }
  return "n";
}

std::string encoded(const std::vector<std::pair<std::string, std::string>> &pairs) {
  std::string bytes;
  auto add_number = [&](size_t number) {
    auto value = int32_t(number);
    bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
  };
  if (pairs.empty()) return bytes;
  add_number(pairs.size());
  for (const auto &[key, value] : pairs) {
    add_number(key.size());
    bytes += key;
    add_number(value.size());
    bytes += value;
  }
  return bytes;
}

ArrowSchema schema_of(const Table &table) {
  std::vector<ArrowSchema> fields;
  for (const ColumnView &column : table.columns) {
    std::string format = format_of(column.kind);
    if (column.starts == nullptr) {
      fields.push_back(make_schema(format, column.name, {}, column.valid != nullptr));
    } else {
      fields.push_back(make_schema("+l", column.name, {make_schema(format, "item", {})}));
    }
  }
  return make_schema("+s", "", std::move(fields), false, encoded(table.metadata));
}

// What an exported array owns.
struct ArrayNode {
  std::vector<const void *> buffers;
  std::vector<int32_t> offsets;
  std::vector<uint8_t> bits, validity;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray *> pointers;
  std::shared_ptr<const Table> table;
};

void release_array(ArrowArray *array) {
  auto node = static_cast<ArrayNode *>(array->private_data);
  for (ArrowArray &child : node->children)
    if (child.release != nullptr) child.release(&child);
  delete node;
  array->release = nullptr;
}

ArrowArray finish(std::unique_ptr<ArrayNode> node, int64_t length, int64_t nulls = 0) {
  for (ArrowArray &child : node->children) node->pointers.push_back(&child);
  ArrowArray array{};
  array.length = length;
  array.null_count = nulls;
  array.n_buffers = int64_t(node->buffers.size());
  array.buffers = node->buffers.data();
  array.n_children = int64_t(node->children.size());
  array.children = node->pointers.data();
  array.release = release_array;
  array.private_data = node.release();
  return array;
}

void pack(const uint8_t *flags, size_t count, std::vector<uint8_t> &bits) {
  bits.assign((count + 7) / 8, 0);
  for (size_t index = 0; index < count; ++index)
    bits[index / 8] |= uint8_t((flags[index] != 0) << (index % 8));
}

// Rows of text begin where the one before ends.
uint64_t start_of(const uint64_t *ends, size_t index) { return index == 0 ? 0 : ends[index - 1]; }

class Exporter {
 public:
  Exporter(Table table, const Options &options)
      : table_(std::make_shared<Table>(std::move(table))),
        next_(std::min(options.first_row, table_->rows)),
        end_(options.schema_only ? next_ : std::min(options.end_row, table_->rows)) {}

  ArrowSchema schema() const { return schema_of(*table_); }

  // The next rows; an array without `release` at the end.
  ArrowArray next() {
    if (next_ >= end_) return ArrowArray{};
    auto first = size_t(next_);
    auto end = size_t(std::min(next_ + batch_rows, end_));
    while (end > first + 1 && !fits(first, end)) end = first + (end - first) / 2;
    auto node = std::make_unique<ArrayNode>();
    node->buffers = {nullptr};
    for (const ColumnView &column : table_->columns)
      node->children.push_back(column.starts == nullptr ? values(column, first, end)
                                                        : list(column, first, end));
    next_ = int64_t(end);
    return finish(std::move(node), int64_t(end - first));
  }

  std::string error;

 private:
  // Whether Arrow's offsets of 32 bits reach.
  bool fits(size_t first, size_t end) const {
    for (const ColumnView &column : table_->columns) {
      size_t from = column.starts ? size_t(column.starts[first]) * column.stride : first;
      size_t to = column.starts ? size_t(column.starts[end]) * column.stride : end;
      if (to - from > INT_MAX) return false;
      if (column.ends != nullptr && start_of(column.ends, to) - start_of(column.ends, from) > INT_MAX)
        return false;
    }
    return true;
  }

  ArrowArray list(const ColumnView &column, size_t first, size_t end) const {
    auto node = std::make_unique<ArrayNode>();
    node->offsets.reserve(end - first + 1);
    for (size_t row = first; row <= end; ++row)
      node->offsets.push_back(
          int32_t((column.starts[row] - column.starts[first]) * column.stride));
    node->buffers = {nullptr, node->offsets.data()};
    node->children.push_back(values(column, size_t(column.starts[first]) * column.stride,
                                    size_t(column.starts[end]) * column.stride));
    return finish(std::move(node), int64_t(end - first));
  }

  ArrowArray values(const ColumnView &column, size_t first, size_t end) const {
    auto node = std::make_unique<ArrayNode>();
    node->table = table_;
    int64_t nulls = 0;
    if (column.valid != nullptr) {
      nulls = std::count(column.valid + first, column.valid + end, 0);
      pack(column.valid + first, end - first, node->validity);
    }
    node->buffers = {nulls > 0 ? node->validity.data() : nullptr};
    switch (column.kind) {
      case ColumnView::Kind::int64:
      case ColumnView::Kind::float64:
        node->buffers.push_back(static_cast<const uint64_t *>(column.values) + first);
        break;
      case ColumnView::Kind::boolean:
        pack(static_cast<const uint8_t *>(column.values) + first, end - first, node->bits);
        node->buffers.push_back(node->bits.data());
        break;
      case ColumnView::Kind::text:
      case ColumnView::Kind::binary: add_texts(column, first, end, *node);
    }
    return finish(std::move(node), int64_t(end - first), nulls);
  }

  static void add_texts(const ColumnView &column, size_t first, size_t end, ArrayNode &node) {
    uint64_t start = start_of(column.ends, first);
    if (start_of(column.ends, end) - start > INT_MAX)
      refuse("the values of \"" + column.name + "\" of one image have more than 2 GiB.");
    node.offsets.reserve(end - first + 1);
    node.offsets.push_back(0);
    for (size_t index = first; index < end; ++index)
      node.offsets.push_back(int32_t(column.ends[index] - start));
    node.buffers.push_back(node.offsets.data());
    node.buffers.push_back(static_cast<const char *>(column.values) + start);
  }

  std::shared_ptr<const Table> table_;
  int64_t next_;
  int64_t end_;
};

Exporter &exporter(ArrowArrayStream *stream) { return *static_cast<Exporter *>(stream->private_data); }

template <typename Body>
int answer(ArrowArrayStream *stream, Body body) noexcept {
  try {
    body(exporter(stream));
    return 0;
  } catch (...) {
    auto [code, text] = describe_current_exception();
    exporter(stream).error.swap(text);
    return code == ASSAY_RESOURCE ? ENOMEM : EINVAL;
  }
}

int get_schema(ArrowArrayStream *stream, ArrowSchema *out) noexcept {
  return answer(stream, [&](Exporter &source) { *out = source.schema(); });
}

int get_next(ArrowArrayStream *stream, ArrowArray *out) noexcept {
  *out = ArrowArray{};
  return answer(stream, [&](Exporter &source) { *out = source.next(); });
}

const char *get_last_error(ArrowArrayStream *stream) noexcept {
  return exporter(stream).error.c_str();
}

void release_stream(ArrowArrayStream *stream) noexcept {
  delete &exporter(stream);
  stream->release = nullptr;
}

}  // namespace

void export_table(Table table, const Options &options, ArrowArrayStream *out) {
  auto source = std::make_unique<Exporter>(std::move(table), options);
  *out = ArrowArrayStream{get_schema, get_next, get_last_error, release_stream, source.release()};
}

}  // namespace assay_vision
