#include "CVisionManifest.h"

/* The contract's ASSAY_MANIFEST, spelled out: this target needs no header but its own. */
__attribute__((used, retain, section(".assay.manifest")))
const unsigned char vision_manifest[] = {
#embed "manifest.json"
};

const unsigned long vision_manifest_size = sizeof vision_manifest;
