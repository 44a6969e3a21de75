package dev.darkroom.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The models whose files ship with the project. */
final class ShippedModels {

    private static final Path FOLDER = RunningPlatform.PROJECT.resolve("src/main/resources/models");
    private static final String JSON = ".json";

    private ShippedModels() {}

    /** The ids, in alphabetical order. */
    static List<String> ids() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(JSON))
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .map(file -> file.substring(0, file.length() - JSON.length()))
                    .sorted()
                    .toList();
        }
    }
}
