/// Shims for what Swift's Glibc lacks.
#ifndef ASSAY_SYSTEM_H
#define ASSAY_SYSTEM_H
#endif
