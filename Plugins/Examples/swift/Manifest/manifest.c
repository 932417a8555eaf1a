/* Swift cannot embed a file, C can: the manifest, where the host finds it without
 * running the plugin. Editing the JSON rebuilds this. */
#include <assay/plugin.h>

ASSAY_MANIFEST const unsigned char interval_coverage_manifest[] = {
#embed "manifest.json"
};
