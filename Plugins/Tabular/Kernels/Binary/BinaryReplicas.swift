/// placeholder
struct BinaryReplicas: Sendable {}
