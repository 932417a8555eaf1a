/// Compressed run lengths: numbers in groups of five bits, the lowest first, a group to a
/// character from 48 on. Bit 5 says that more follow; the highest bit of the last group is
/// the sign. From the fourth on, a number is the difference to the run two before it.
struct RunText: ~Escapable {
  private let text: RawSpan

  @_lifetime(copy text)
  init(_ text: RawSpan) { self.text = text }

  /// What was decoded up to some character.
  private struct Progress {
    /// Characters.
    var read = 0
    var runs = 0
    /// Where the next run starts.
    var position = 0
    /// Pixels of the runs inside.
    var covered = 0
    /// The lengths of the last two runs, or 0 before the fourth number.
    var older = 0
    var newer = 0
  }

  /// Writes where the runs end.
  ///
  /// - Parameter target: Has room for as many numbers as the text has characters, from
  ///   `first` on.
  /// - Returns: How many runs there are, and how many pixels those inside cover.
  func decode(
    into target: inout MutableSpan<UInt32>, from first: Int, _ size: MaskSize
  ) throws(MaskError) -> (runs: Int, covered: Int) {
    var progress = Progress()
    while progress.read < text.byteCount {
      let number = try number(at: &progress.read)
      let length = progress.older + number
      // A negative length is a large one without its sign.
      guard UInt(bitPattern: length) <= UInt(bitPattern: size.pixelCount - progress.position) else {
        throw .badRun(progress.runs, length: length, size: size)
      }
      progress.position += length
      progress.covered += progress.runs & 1 == 1 ? length : 0
      // Safety: a run has at least one character, so that there is room.
      unsafe target[unchecked: first + progress.runs] = UInt32(truncatingIfNeeded: progress.position)
      progress.older = progress.newer
      progress.newer = progress.runs == 0 ? 0 : length
      progress.runs += 1
      decodeEights(&progress, into: &target, from: first + progress.runs, size.pixelCount)
    }
    guard progress.position == size.pixelCount else {
      throw .tooFewPixels(progress.position, size: size)
    }
    return (progress.runs, progress.covered)
  }

  /// Decodes while eight numbers of one character follow one another: nearly all are so
  /// short, as a column of a shape differs little from the one before.
  ///
  /// Stops before eight in which something is wrong.
  private func decodeEights(
    _ progress: inout Progress, into target: inout MutableSpan<UInt32>, from first: Int,
    _ pixels: Int
  ) {
    var (read, place, position) = (progress.read, first, progress.position)
    var (even, odd, evens, odds) = (progress.older, progress.newer, 0, 0)
    while text.byteCount - read >= 8 {
      // Safety: eight characters are left, and any bits are an integer.
      var word = unsafe UInt64(
        littleEndian: text.unsafeLoadUnaligned(fromUncheckedByteOffset: read, as: UInt64.self))
      word &-= 0x3030_3030_3030_3030
      guard word & 0xe0e0_e0e0_e0e0_e0e0 == 0 else { break }
      // Each is now 16 more than it stands for.
      word ^= 0x1010_1010_1010_1010
      let start = (position, even, odd, evens, odds)
      var signs = 0
      for pair in 0..<4 {
        even = even &+ Int(truncatingIfNeeded: word & 0xff) &- 16
        odd = odd &+ Int(truncatingIfNeeded: (word >> 8) & 0xff) &- 16
        word >>= 16
        signs |= even | odd
        evens &+= even
        odds &+= odd
        // Safety: a run has at least one character, so that there is room.
        unsafe target[unchecked: place &+ 2 &* pair] = UInt32(truncatingIfNeeded: position &+ even)
        position &+= even &+ odd
        unsafe target[unchecked: place &+ 2 &* pair &+ 1] = UInt32(truncatingIfNeeded: position)
      }
      guard signs >= 0, position <= pixels else {
        (position, even, odd, evens, odds) = start
        break
      }
      read &+= 8
      place &+= 8
    }
    progress.covered += progress.runs & 1 == 1 ? evens : odds
    progress.runs += place - first
    (progress.read, progress.position, progress.older, progress.newer) = (read, position, even, odd)
  }

  /// Reads one number of any length.
  @inline(__always)
  private func number(at read: inout Int) throws(MaskError) -> Int {
    let start = read
    var (value, shift) = (0, 0)
    while read < text.byteCount {
      // Safety: a character is left.
      let byte = unsafe text.unsafeLoad(fromUncheckedByteOffset: read, as: UInt8.self)
      let code = Int(byte) - 48
      guard code & ~0x3f == 0 else { throw .badCharacter(byte, position: read) }
      guard shift < 35 else { throw .numberTooLong(position: start) }
      value |= (code & 0x1f) << shift
      shift += 5
      read += 1
      if code & 0x20 == 0 { return (value << (64 - shift)) >> (64 - shift) }
    }
    throw .truncated
  }
}
