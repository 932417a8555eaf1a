/// The judgements plugin's manifest, for those that read it from memory; the host
/// reads it from the section `.assay.manifest` of the library.
#ifndef JUDGEMENTS_MANIFEST_H
#define JUDGEMENTS_MANIFEST_H

extern const unsigned char judgements_manifest[];
extern const unsigned long judgements_manifest_size;

#endif
