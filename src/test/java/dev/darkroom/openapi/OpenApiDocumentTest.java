package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.EventLog;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.local.declared.ServerlessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The document is made from the deployed routes and the packaged models, and nothing may be missing or too much. */
class OpenApiDocumentTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final String RESULT = "GET /api/v3/predictions/{id}/result";

    /** API Gateway passes on 10 MB and Lambda 6 MB; a reader waits for far less. */
    private static final int MAX_BYTES = 512 * 1024;

    private final Descriptions written = Descriptions.read(PROJECT.resolve("src/openapi"));
    private final List<DeployedRoute> routes = DeployedRoute.of(new ServerlessFile(PROJECT));

    private static JsonNode document() {
        return WriteOpenApi.document(PROJECT, "1.2.3").root();
    }

    private static JsonNode operation(String path, String method) {
        return document().path("paths").path(path).path(method);
    }

    private static String problems(Descriptions described, List<DeployedRoute> deployed) {
        try {
            OpenApiDocument.of(described, deployed, ModelOperation.of(new JsonSchemaCatalogue()), "1.2.3");
            return "";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Descriptions withDocument(Consumer<ObjectNode> change) {
        var document = written.document().deepCopy();
        change.accept(document);
        return new Descriptions(document, written.errors(), written.routes());
    }

    private Descriptions withResult(Consumer<ObjectNode> change) {
        var described = new TreeMap<>(written.routes());
        described.computeIfPresent(RESULT, (_, operation) -> {
            var changed = operation.deepCopy();
            change.accept(changed);
            return changed;
        });
        return new Descriptions(written.document(), written.errors(), described);
    }

    @Test
    void nothingIsMissingInTheProject() {
        assertThat(problems(written, routes)).isEmpty();
        assertThat(document().at("/info/version").asText()).isEqualTo("1.2.3");
    }

    @Test
    void everyDeployedRouteIsAnOperation() {
        assertThat(routes)
                .extracting(DeployedRoute::key)
                .contains("POST /api/v3/{model+}", RESULT, "GET /openapi.json", "POST /webhooks/{provider}/{id}");
        assertThat(routes)
                .filteredOn(route -> !route.isOfModels())
                .allSatisfy(route -> assertThat(operation(route.describedPath(), route.member()))
                        .as(route.key())
                        .isNotEmpty());
    }

    @Test
    void everyModelHasAPathWithItsOwnInput() {
        var models = new JsonSchemaCatalogue().ids();

        assertThat(models).hasSizeGreaterThan(10).allSatisfy(model -> {
            var reference = operation("/api/v3/" + model, "post")
                    .at("/requestBody/content/application~1json/schema/$ref")
                    .asText();
            var schema = document().at(reference.substring(1));
            assertThat(schema.at("/properties/prompt/type").asText()).isEqualTo("string");
            assertThat(schema.toString()).doesNotContain("errorMessage", "$schema");
        });
    }

    @Test
    void aModelWithALastDayIsDeprecated() {
        var retired = operation("/api/v3/google/imagen4", "post");

        assertThat(retired.path("deprecated").asBoolean()).isTrue();
        assertThat(retired.path("description").asText())
                .contains("From 2026-08-17 (UTC) on, `google/nano-banana-2/text-to-image` draws.");
        assertThat(operation("/api/v3/wavespeed-ai/imagen4", "post").has("deprecated"))
                .isFalse();
    }

    @Test
    void onlyTheOpenRoutesNeedNoKey() {
        var open = new ArrayList<String>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().forEach(operation -> {
                    if (operation.has("security")) {
                        open.add(path.getKey());
                    }
                }));

        assertThat(open)
                .containsExactly(
                        "/images/{id}/{token}/{file}",
                        "/images/{id}/{token}/{file}/receipt",
                        "/openapi.json",
                        "/webhooks/{provider}/{id}");
        assertThat(document().at("/security/0").has("apiKey")).isTrue();
    }

    @Test
    void theErrorsOfARouteAreItsResponses() {
        var responses = operation("/api/v3/predictions/{id}/result", "get").path("responses");

        assertThat(responses.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("200", "400", "401", "403", "404", "429", "500", "503");
        var notFound =
                document().at(responses.at("/404/$ref").asText().substring(1)).at("/content/application~1json/schema");
        assertThat(notFound.at("/allOf/1/properties/error_code/enum/0").asText())
                .isEqualTo("generation_not_found");
        assertThat(notFound.at("/allOf/1/properties/code/const").asInt()).isEqualTo(404);
    }

    @Test
    void everyEventIsInIt() {
        var events = document().at("/components/schemas/Event/properties/event/enum");

        assertThat(events.valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EventLog.Event.values())
                        .map(EventLog.Event::title)
                        .toList());
    }

    @Test
    void itIsTheSameEachTimeAndSmall() {
        var json = WriteOpenApi.document(PROJECT, "1.2.3").json();

        assertThat(json).isEqualTo(WriteOpenApi.document(PROJECT, "1.2.3").json());
        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_BYTES);
    }

    @Test
    void aRouteThatIsNotDescribedIsNamed() {
        var deployed = new ArrayList<>(routes);
        deployed.add(new DeployedRoute("GET", "/api/v3/new"));

        assertThat(problems(written, deployed)).contains("routes: GET /api/v3/new is deployed and not described");
    }

    @Test
    void aDescriptionWithoutARouteIsNamed() {
        var deployed =
                routes.stream().filter(route -> !route.key().equals(RESULT)).toList();

        assertThat(problems(written, deployed)).contains("routes: " + RESULT + " is described and not deployed");
    }

    @Test
    void anErrorThatDoesNotExistIsNamed() {
        var described = withResult(operation -> operation.withArray("/errors").add("no_such_code"));

        assertThat(problems(described, routes))
                .contains("routes: " + RESULT + " has the error no_such_code, which does not exist");
    }

    @Test
    void anErrorWithoutAMeaningAndAMeaningWithoutAnErrorAreNamed() {
        var errors = new TreeMap<>(written.errors());
        errors.remove("queue_full");
        errors.put("no_such_code", "nothing");

        assertThat(problems(new Descriptions(written.document(), errors, written.routes()), routes))
                .contains("errors.yml: queue_full is missing", "errors.yml: no error has the code no_such_code");
    }

    @Test
    void aReferenceThatLeadsNowhereIsNamed() {
        var described = withDocument(
                document -> document.withObject("/components/schemas").remove("Queue"));

        assertThat(problems(described, routes)).contains("#/components/schemas/Queue leads nowhere");
    }

    @Test
    void aComponentThatNothingUsesIsNamed() {
        var described = withDocument(
                document -> document.withObject("/components/schemas").putObject("Forgotten"));

        assertThat(problems(described, routes)).contains("#/components/schemas/Forgotten is used by nothing");
    }

    @Test
    void twoOperationsWithOneIdAreNamed() {
        var described = withResult(operation -> operation.put("operationId", "getEvents"));

        assertThat(problems(described, routes)).contains("another operation has the id getEvents");
    }

    @Test
    void aRouteThatIsDescribedTwiceIsNamed() {
        assertThatThrownBy(() -> Descriptions.merged(List.of(
                        new Descriptions.RouteFile("a.yml", written.routes()),
                        new Descriptions.RouteFile("b.yml", written.routes()))))
                .hasMessageContaining("b.yml: another file describes ");
    }
}
