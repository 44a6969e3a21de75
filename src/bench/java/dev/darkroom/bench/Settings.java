package dev.darkroom.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The variables of the command line, as {@code make} passes them. */
record Settings(Map<String, String> environment) {

    /** A number from 1 to 99999. */
    int number(String variable, int normally) {
        var text = environment.getOrDefault(variable, "");
        if (text.isBlank()) {
            return normally;
        }
        if (!text.matches("[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException(variable + " must be a number from 1 to 99999");
        }
        return Integer.parseInt(text);
    }

    /** An artifact, if it exists; throws when it is missing although the variable names it. */
    Optional<Path> zip(String variable, Path normally) {
        var chosen = environment.getOrDefault(variable, "");
        var zip = chosen.isBlank() ? normally : Path.of(chosen);
        if (!Files.isRegularFile(zip) && !chosen.isBlank()) {
            throw new IllegalStateException(zip + " is missing, but " + variable + " names it");
        }
        return Optional.of(zip).filter(Files::isRegularFile);
    }
}
