#include "CTabularManifest.h"

/* The contract's ASSAY_MANIFEST, spelled out: this target needs no header but its own. */
__attribute__((used, retain, section(".assay.manifest")))
const unsigned char tabular_manifest[] = {
#embed "manifest.json"
};

const unsigned long tabular_manifest_size = sizeof tabular_manifest;
