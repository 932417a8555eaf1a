#include "assay_system.h"
