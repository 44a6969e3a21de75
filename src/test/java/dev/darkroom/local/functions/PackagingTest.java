package dev.darkroom.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.darkroom.local.declared.FunctionSpec;
import dev.darkroom.local.declared.ServerlessFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way of packaging applies to every function. */
class PackagingTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath();

    @ParameterizedTest
    @ValueSource(strings = {"zip", "image", "jvm"})
    void everyFunctionIsPackaged(String packaging) throws IOException {
        var declared = new ServerlessFile(PROJECT)
                .functions().stream().map(FunctionSpec::name).toList();

        var packaged = new ArrayList<String>();
        new YAMLMapper()
                .readTree(PROJECT.resolve("infra/packaging/%s.yml".formatted(packaging))
                        .toFile())
                .fieldNames()
                .forEachRemaining(packaged::add);

        assertThat(packaged).containsExactlyInAnyOrderElementsOf(declared);
    }
}
