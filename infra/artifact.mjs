// What a zip of the functions holds, read without unpacking it.
import { inflateRawSync } from 'node:zlib'

const MACHINES = { 0x3e: 'x86_64', 0xb7: 'arm64' } // of an ELF header

// The offset of a file's local header, from the directory at the end of the zip; -1 without the file.
function offsetInZip(bytes, name) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'))
  let at = end < 0 ? 0 : bytes.readUInt32LE(end + 16)
  for (let left = end < 0 ? 0 : bytes.readUInt16LE(end + 10); left > 0; left--) {
    const length = bytes.readUInt16LE(at + 28)
    if (bytes.toString('utf8', at + 46, at + 46 + length) === name) {
      return bytes.readUInt32LE(at + 42)
    }
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return -1
}

/** The first bytes of the native executable in the zip; undefined without one. */
export function executableInZip(bytes) {
  const at = offsetInZip(bytes, 'bootstrap')
  if (at < 0) {
    return undefined
  }
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const content = bytes.subarray(start)
  const inflated = () => inflateRawSync(content.subarray(0, 65536), { finishFlush: 2 /* Z_SYNC_FLUSH, because the input is cut off */ })
  return bytes.readUInt16LE(at + 8) === 0 ? content : inflated()
}

/** The architecture of a native executable: arm64, x86_64, or undefined for another one. */
export function architectureOf(executable) {
  return MACHINES[executable.readUInt16LE(18)]
}
