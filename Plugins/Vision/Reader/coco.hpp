// COCO's files as tables.
#pragma once

#include "json_walk.hpp"
#include "options.hpp"
#include "table.hpp"

namespace assay_vision {

// The file that `walk` is at the start of. Throws `Failure`.
Table read_results(JSONWalk &walk, const Options &options);
Table read_ground_truth(JSONWalk &walk, const Options &options);

}  // namespace assay_vision
