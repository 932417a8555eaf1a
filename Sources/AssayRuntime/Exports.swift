// An embedder imports AssayRuntime alone: the values that its requests and results
// are made of come with it. What loads and calls plugins stays inside.
@_exported public import AssayArrow
@_exported public import AssayCore
@_exported public import AssayJSON
