/// The plugin contract: include this one.
///
/// Nothing about a function's signature is fixed here. A plugin's manifest holds
/// the C prototypes of its functions, and the host calls them as described; the
/// structs below are what such prototypes can name.
#ifndef ASSAY_PLUGIN_H
#define ASSAY_PLUGIN_H

#include <assay/arrow.h>
#include <assay/error.h>
#include <assay/resample.h>
#include <assay/services.h>
#include <assay/sink.h>

/// The version of this contract. A plugin is loaded where the major numbers are
/// equal and the minor number that it requires is not above the host's.
#define ASSAY_ABI_MAJOR 1
#define ASSAY_ABI_MINOR 0

/// Marks a function that a manifest names, under hidden visibility too.
#if defined(__cplusplus)
#define ASSAY_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define ASSAY_EXPORT __attribute__((visibility("default")))
#endif

/// Places a constant array of manifest bytes where the host finds it without
/// running the plugin; survives stripping and section garbage collection.
#if defined(__clang__) || (defined(__GNUC__) && __GNUC__ >= 11)
#define ASSAY_MANIFEST __attribute__((used, retain, section(".assay.manifest")))
#else
#define ASSAY_MANIFEST __attribute__((used, section(".assay.manifest")))
#endif

#endif
