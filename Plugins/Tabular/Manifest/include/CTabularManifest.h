/// The tabular plugin's manifest, for those that read it from memory; the host
/// reads it from the section `.assay.manifest` of the library.
#ifndef TABULAR_MANIFEST_H
#define TABULAR_MANIFEST_H

extern const unsigned char tabular_manifest[];
extern const unsigned long tabular_manifest_size;

#endif
