package dev.darkroom.local.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The log file of a run. Each line has the name of the part that wrote it, and then what it wrote. */
public final class LogFile implements AutoCloseable {

    private final PrintWriter file;

    /** Replaces an older file. */
    public LogFile(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            this.file = new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written", e);
        }
    }

    public void write(String part, String text) {
        file.println(part + " " + text);
    }

    /** Sends what the libraries of this process log, from INFO on, to the file instead of to the terminal. */
    public void receiveLibraryLogs() {
        var root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LibraryLogs());
    }

    private final class LibraryLogs extends Handler {

        private final Formatter text = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            write("platform", text.format(line).strip());
        }

        @Override
        public void flush() {
            file.flush();
        }

        @Override
        public void close() {
            // The file outlives the handler.
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
