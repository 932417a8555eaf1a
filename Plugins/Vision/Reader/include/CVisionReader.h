/// Readers of annotations of images: COCO JSON, YOLO folders, Pascal VOC folders.
///
/// A row is an image. The columns and their types are documented in
/// `Documentation/VisionReaders.md`.
#ifndef CVISION_READER_H
#define CVISION_READER_H

#include <stddef.h>
#include <stdint.h>

#include <assay/arrow.h>
#include <assay/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Opens COCO or LVIS ground truth (an object with `images`, `annotations` and
/// `categories`) or COCO results (an array), packed by gzip or zstd or not. Which of
/// the two a file is, its content decides. A folder is opened as one of the others.
///
/// `options` is a JSON object of `options_len` bytes: `columns` (the columns to make,
/// in this order; all by default), `range` (two row numbers; the second may be null),
/// `schema_only`, `threads`. `types` and `null_text` are accepted and mean nothing here.
/// `error` may be null. `out` is released by its owner; the file has been read by then.
/// Any thread.
int32_t assay_vision_open_coco(const char *uri, const char *options, size_t options_len,
                               struct ArrowArrayStream *out, struct assay_error *error);

/// Opens a folder of YOLO text files: ground truth (`class x y width height`) or results
/// (the same with a score behind it). Else as `assay_vision_open_coco`.
int32_t assay_vision_open_yolo(const char *uri, const char *options, size_t options_len,
                               struct ArrowArrayStream *out, struct assay_error *error);

/// Opens a folder of Pascal VOC: XML files, or results as text (`comp4_det_SET_CLASS.txt`).
/// Else as `assay_vision_open_coco`.
int32_t assay_vision_open_voc(const char *uri, const char *options, size_t options_len,
                              struct ArrowArrayStream *out, struct assay_error *error);

#ifdef __cplusplus
}
#endif

#endif
