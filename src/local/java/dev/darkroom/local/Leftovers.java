package dev.darkroom.local;

import java.util.List;

/** What a process that starts others must not leave behind, however it ends. */
public final class Leftovers {

    private Leftovers() {}

    /** Also when it is told to end in the middle of something. */
    public static void removeAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::remove));
    }

    /** Ends the platforms and processes that this one has started, and deletes its temporary folders. */
    static void remove() {
        try {
            // Otherwise it would start a process for each that ends.
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
