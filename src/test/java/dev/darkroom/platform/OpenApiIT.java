package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.ApiDocument;
import dev.darkroom.local.programs.EndedProgram;
import dev.darkroom.local.programs.NpmPackages;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The OpenAPI document passes two validators, and a program with types that openapi-typescript makes of it submits,
 * polls, lists and deletes. {@link RunningPlatform} checks all answers against the document.
 */
class OpenApiIT {

    private static final String DOCUMENT = "document.json";

    @SuppressWarnings("NullAway.Init")
    private static NpmPackages packages;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        packages = NpmPackages.install(RunningPlatform.PROJECT, "src/test/npm/openapi", "openapi");
        gateway = RunningPlatform.start(RunningPlatform.options());
        gateway.warmUp();
        Files.writeString(
                file(DOCUMENT),
                given().get(gateway.url("/openapi.json"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
        var generated =
                run(program("openapi-typescript"), DOCUMENT, "--default-non-nullable=false", "--output", "document.ts");
        assertThat(generated.exitCode()).as(generated.toString()).isZero();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void theServedDocumentIsThatOfTheArtifactAndIsSentOnce() throws IOException {
        var response = given().get(gateway.url("/openapi.json"));

        assertThat(response.asString())
                .isEqualTo(ApiDocument.packaged().text())
                .isEqualTo(Files.readString(file(DOCUMENT)));
        given().header("If-None-Match", response.header("ETag"))
                .get(gateway.url("/openapi.json"))
                .then()
                .statusCode(304);
        given().head(gateway.url("/openapi.json")).then().statusCode(200).header("ETag", response.header("ETag"));
    }

    @Test
    void itPassesTheValidators() throws IOException, InterruptedException {
        var ended = run("node", "validate.mjs", DOCUMENT);

        assertThat(ended.exitCode()).as(ended.toString()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /info/title                                                          | title
            /components/schemas/Queue                                            | no-unresolved-refs
            /paths/~1api~1v3~1predictions~1{id}~1result/get/parameters           | path parameter
            /paths/~1api~1v3~1predictions~1{id}~1result/get/responses/200/$ref   | responses/200
            """)
    void aDocumentThatIsNotOpenApiIsRefused(String pointer, String named) throws IOException, InterruptedException {
        var document = (ObjectNode) new JsonMapper().readTree(Files.readString(file(DOCUMENT)));
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, last))).remove(pointer.substring(last + 1));
        Files.writeString(file("wrong.json"), document.toString());

        var ended = run("node", "validate.mjs", "wrong.json");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains(named);
    }

    @Test
    void aProgramWithTheGeneratedTypesIsCheckedAndDoesWhatItSays() throws IOException, InterruptedException {
        // Writes no program when the types are wrong.
        var checked = run(program("tsc"));
        assertThat(checked.exitCode()).as(checked.toString()).isZero();

        var ended = run(
                "node",
                "built/program.js",
                gateway.platform().address().toString(),
                gateway.key().value());

        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        var result = JsonPath.from(ended.output());
        assertThat(result.getString("status")).isEqualTo("completed");
        assertThat(result.getInt("images")).isEqualTo(2);
        assertThat(result.<String>getList("listed")).containsExactly(result.getString("id"));
        assertThat(result.getInt("deleted")).isEqualTo(1);
    }

    @Test
    void aProgramThatIsWrongIsRefused() throws IOException, InterruptedException {
        var program = Files.readString(file("program.ts"))
                .replace("num_images: 2", "num_image: 2")
                .replace("data.data.next_cursor", "data.data.cursor")
                .replace("/api/v3/predictions/delete", "/api/v3/predictions/remove");
        Files.writeString(file("wrong.ts"), program);
        Files.writeString(file("tsconfig.wrong.json"), "{\"extends\": \"./tsconfig.json\", \"files\": [\"wrong.ts\"]}");

        var checked = run(program("tsc"), "--noEmit", "--project", "tsconfig.wrong.json");

        assertThat(checked.exitCode()).isNotZero();
        assertThat(checked.output()).contains("'num_image'", "'cursor'", "/api/v3/predictions/remove");
    }

    private static Path file(String name) {
        return packages.folder().resolve(name);
    }

    private static String program(String name) {
        return packages.file(".bin/" + name).toString();
    }

    private static EndedProgram run(String... command) throws IOException, InterruptedException {
        return EndedProgram.of(
                new ProcessBuilder(command).directory(packages.folder().toFile()));
    }
}
