package dev.darkroom.local;

import java.util.List;

/** Removes what a process that starts others must not leave behind, however it ends. */
public final class ShutdownCleanup {

    private ShutdownCleanup() {}

    /** Cleans up when the JVM ends, also on SIGTERM or Ctrl-C. */
    public static void removeAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(ShutdownCleanup::remove));
    }

    /** Ends the platforms and processes that this one has started, and deletes its temporary folders. */
    public static void remove() {
        try {
            // First, because a running platform replaces each process that ends.
            Platform.closeAll();
        } finally {
            removeProcesses();
            TemporaryFolder.closeAll();
        }
    }

    private static void removeProcesses() {
        for (var left = descendants(); !left.isEmpty(); left = descendants()) {
            left.forEach(ProcessHandle::destroyForcibly);
            left.forEach(process -> process.onExit().join());
        }
    }

    private static List<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants().toList();
    }
}
