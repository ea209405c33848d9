// Whole files: read, and written so that a crash leaves the old one or the new one, never a part.
#pragma once

#include <string>
#include <vector>

namespace finn::core {

// Fails with ERROR_FILE unless path leads to a regular file, saying what it is. A pipe is not
// opened to find that out.
void require_regular_file(const char* path);

// The bytes of a file; what is added to it meanwhile is not read. Takes as much memory as the file
// has bytes. Fails with ERROR_FILE, saying which file and what the system says.
std::vector<unsigned char> read_file(const char* path);

// Replaces the file at path by one with these bytes, at once: whoever opens it, and whatever
// happens meanwhile, finds the old one or the new one, whole and on the disk. When writing fails,
// as on a full disk, the old file stays and nothing is left beside it.
//
// The new file has no name while it is written, and is gone when the process is killed. Only to
// replace an old one it is called PATH.saving for the moment between two calls of the system; a
// process that is killed in that moment leaves it there, whole. Where files cannot be without a
// name (NFS, FAT, systems other than Linux) it is called so from the beginning, and a killed
// process leaves what it had written. The next write to path takes over whatever was left. Writers
// of one path wait for one another.
//
// Links are followed to the file that they name. A file that is there keeps its owner and mode; its
// other names, if it has hard links, keep the old bytes. Fails with ERROR_FILE for what is no
// regular file, and for a file that may not be written.
void write_file(const char* path, const std::vector<unsigned char>& bytes);

}  // namespace finn::core
