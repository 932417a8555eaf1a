// An embedder imports AssayRuntime alone: the values that its requests and results
// are made of come with it.
@_exported public import AssayArrow
@_exported public import AssayCore
@_exported public import AssayJSON
