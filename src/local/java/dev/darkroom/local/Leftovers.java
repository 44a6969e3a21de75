package dev.darkroom.local;

import java.util.List;

/** What a process that starts others must not leave behind, however it ends. */
public final class Leftovers {

    private Leftovers() {}

    /** Also when it is told to end in the middle of something. */
    public static void removeAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::remove));
    }

    /** Ends the processes that this one has started, and deletes its temporary folders. */
    static void remove() {
        for (var left = descendants(); !left.isEmpty(); left = descendants()) {
            left.forEach(ProcessHandle::destroyForcibly);
            left.forEach(process -> process.onExit().join());
        }
        TemporaryFolder.closeAll();
    }

    private static List<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants().toList();
    }
}
