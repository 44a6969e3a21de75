package dev.darkroom.openapi;

import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.local.declared.ServerlessFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Step of the build: writes the OpenAPI document into the artifact. */
public final class WriteOpenApi {

    private WriteOpenApi() {}

    /** {@code arguments} are the version of the gateway and the file to write. The build shows what is printed here. */
    public static void main(String[] arguments) throws IOException {
        try {
            var document = document(Path.of("").toAbsolutePath(), arguments[0]);
            Files.writeString(Path.of(arguments[1]), document.json());
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** The document of a project, with the models on the class path. */
    public static OpenApiDocument document(Path project, String version) {
        return OpenApiDocument.of(
                Descriptions.read(project.resolve("src/openapi")),
                DeployedRoute.of(new ServerlessFile(project)),
                ModelOperation.of(new JsonSchemaCatalogue()),
                version);
    }
}
