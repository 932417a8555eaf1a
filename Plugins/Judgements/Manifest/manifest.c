#include "CJudgementsManifest.h"

/* The contract's ASSAY_MANIFEST, spelled out: this target needs no header but its own. */
__attribute__((used, retain, section(".assay.manifest")))
const unsigned char judgements_manifest[] = {
#embed "manifest.json"
};

const unsigned long judgements_manifest_size = sizeof judgements_manifest;
