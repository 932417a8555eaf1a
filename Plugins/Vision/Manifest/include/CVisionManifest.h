/// The vision plugin's manifest, for those that read it from memory; the host reads it
/// from the section `.assay.manifest` of the library.
#ifndef VISION_MANIFEST_H
#define VISION_MANIFEST_H

extern const unsigned char vision_manifest[];
extern const unsigned long vision_manifest_size;

#endif
