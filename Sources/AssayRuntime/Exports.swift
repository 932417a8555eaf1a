// An embedder imports AssayRuntime alone: the values that its requests and results
// are made of, and the plugins that it can look at, come with it.
@_exported public import AssayArrow
@_exported public import AssayCore
@_exported public import AssayHost
@_exported public import AssayJSON
