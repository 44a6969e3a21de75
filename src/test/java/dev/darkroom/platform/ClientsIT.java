package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.local.programs.NpmPackages;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The acceptance test of the HTTP contract: the provider's own npm client, command line and MCP server do unmodified
 * what they offer for images, and each example of the README completes.
 */
class ClientsIT {

    private static final Path WORK = RunningPlatform.PROJECT.resolve("target/clients");
    private static final String MODEL = "wavespeed-ai/imagen4";
    private static final String WITHOUT_PRICE = "google/nano-banana-2/text-to-image";

    private record Ended(int exitCode, String output) {}

    /** The home of the user who runs the command line and the MCP server. */
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path home;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @SuppressWarnings("NullAway.Init")
    private static NpmPackages tools;

    @SuppressWarnings("NullAway.Init")
    private static WaveSpeedCli cli;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        NpmPackages.install(RunningPlatform.PROJECT, "src/test/npm", "clients");
        tools = NpmPackages.install(RunningPlatform.PROJECT, "src/test/npm/tools", "tools");
        gateway = RunningPlatform.start(RunningPlatform.options());
        gateway.warmUp();
        cli = new WaveSpeedCli(tools, home).configured(gateway);
        var loggedIn = cli.login(gateway.key().value());
        assertThat(loggedIn.exitCode()).as(loggedIn.toString()).isZero();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void aRunGivesTheImages() throws IOException, InterruptedException {
        int before = gateway.platform().simulator().posts();

        var ended = client("{\"prompt\": \"a cat\", \"num_images\": 2, \"aspect_ratio\": \"16:9\"}");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        // The client prints a line when it has to repeat a call; the last line is the result.
        var answer = ended.output().lines().reduce("", (_, last) -> last);
        var result = JsonPath.from(answer);
        var outputs = result.<String>getList("outputs");
        assertThat(outputs).hasSize(2).allSatisfy(url -> given().get(url).then().statusCode(200));
        // Some clients send their key to, or download from, the origin of the base URL only.
        assertThat(result.<Boolean>getList("downloads.sameOrigin")).containsExactly(true, true);
        assertThat(result.<Integer>getList("downloads.status")).containsExactly(200, 200);
        assertThat(result.<String>getList("downloads.type")).containsOnly("image/png");
        assertThat(result.<String>getList("downloads.sha256")).hasSize(2).doesNotHaveDuplicates();
        assertThat(gateway.platform().simulator().posts() - before).isEqualTo(1);
    }

    @Test
    void aRunInSyncModeGivesTheImages() throws IOException, InterruptedException {
        int before = gateway.platform().simulator().posts();

        var ended = client("{\"prompt\": \"a cat\"}", "{\"enableSyncMode\": true}");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(JsonPath.from(ended.output()).<String>getList("outputs")).hasSize(1);
        assertThat(gateway.platform().simulator().posts() - before).isEqualTo(1);
    }

    @Test
    void aFailedRunHasTheReason() throws IOException, InterruptedException {
        var ended = client("{\"prompt\": \"[fail]\"}");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("the simulator failed as requested");
    }

    @Test
    void theErrorOfBadInputNamesTheMistake() throws IOException, InterruptedException {
        var ended = client("{\"prompt\": \"a cat\", \"negative_promt\": \"dogs\"}");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("did you mean negative_prompt?");
    }

    @Test
    void theCliRefusesAnUnknownKey(@TempDir Path other) throws IOException, InterruptedException {
        var ended = new WaveSpeedCli(tools, other).configured(gateway).login("drk_" + "0".repeat(40));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("API rejected the key");
    }

    @Test
    void theCliListsEveryModelWithThePricesThatAreKnown() throws IOException, InterruptedException {
        var models = cli.json("models", "--refresh");
        var popular = cli.json("models", "--popular");
        var nanoBananas = cli.text("models", "nano-banana", "--type", "text-to-image");

        assertThat(models.<String>getList("model_id")).containsAll(ShippedModels.ids());
        assertThat(popular.<String>getList("model_id")).isEqualTo(models.<String>getList("model_id"));
        assertThat(models.<String>getList("type")).containsOnly("text-to-image");
        assertThat(model(models, MODEL).get("base_price")).hasToString("0.04");
        assertThat(model(models, WITHOUT_PRICE)).doesNotContainKey("base_price");
        assertThat(nanoBananas)
                .contains(
                        WITHOUT_PRICE, "of %d live".formatted(models.getList("").size()))
                .doesNotContain(MODEL);
    }

    @Test
    void theCliShowsTheSchemaOfAModel() throws IOException, InterruptedException {
        var schema = cli.json("schema", MODEL);
        var printed = cli.text("schema", MODEL);
        var help = cli.text("run", MODEL, "--help");

        assertThat(schema.getList("x-order-properties"))
                .isEqualTo(List.of("prompt", "negative_prompt", "aspect_ratio", "num_images", "seed"));
        assertThat(schema.getList("required")).isEqualTo(List.of("prompt"));
        assertThat(schema.getBoolean("additionalProperties")).isFalse();
        assertThat(List.of(printed, help))
                .allSatisfy(text -> assertThat(text)
                        .contains("base price: $0.04", "5 fields, 1 required", "* prompt")
                        .contains("default: 1  ·  range: 1..4", "enum: 1:1 | 16:9 | 9:16 | 3:4 | 4:3"));
        assertThat(cli.error("schema", "wavespeed-ai/imagen5")).contains("Unknown model");
    }

    @Test
    void theCliQuotesThePriceOfAnInputAndPaysNothing() throws IOException, InterruptedException {
        int before = gateway.platform().simulator().posts();

        var one = cli.json("price", MODEL);
        var four = cli.json("price", MODEL, "-p", "a cat", "-i", "num_images=4");
        var unknown = cli.json("price", WITHOUT_PRICE, "-p", "a cat");

        assertThat(one.getDouble("unit_price")).isEqualTo(0.04);
        assertThat(four.getDouble("unit_price")).isEqualTo(0.16);
        assertThat(four.getString("model_id")).isEqualTo(MODEL);
        assertThat(four.getString("currency")).isEqualTo("USD");
        assertThat(unknown.getString("unit_price")).isNull();
        assertThat(unknown.getString("note")).contains("no price is established");
        assertThat(gateway.platform().simulator().posts()).isEqualTo(before);
    }

    @Test
    void theCliShowsTheBalance() throws IOException, InterruptedException {
        assertThat(cli.json("balance").getDouble("balance")).isBetween(95.0, 100.0);
        assertThat(cli.text("balance")).containsPattern("Balance: \\$(9\\d|100)\\.\\d\\d");
    }

    @Test
    void theCliRunsAModelAndSavesItsImages() throws IOException, InterruptedException {
        int before = gateway.platform().simulator().posts();

        var run = cli.json(
                "run",
                MODEL,
                "-p",
                "a cat on a roof",
                "-i",
                "num_images=2",
                "-i",
                "aspect_ratio=16:9",
                "--download",
                "cat-{index}.{ext}");

        assertThat(run.<String>getList("outputs")).hasSize(2).doesNotHaveDuplicates();
        assertThat(run.<String>getList("saved"))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("cat-1.png"),
                        second -> assertThat(second).endsWith("cat-2.png"));
        var image = ImageIO.read(home.resolve("cat-2.png").toFile());
        assertThat(image.getWidth() * 9).isEqualTo(image.getHeight() * 16);
        assertThat(gateway.platform().simulator().posts()).isEqualTo(before + 1);
    }

    /** It is of the clients that give up after 10 s. */
    @Test
    void theCliWaitsInSyncMode() throws IOException, InterruptedException {
        int before = gateway.platform().simulator().posts();

        var run = cli.json("run", MODEL, "-p", "a cat", "--sync");

        assertThat(run.<String>getList("outputs")).hasSize(1);
        assertThat(gateway.platform().simulator().posts()).isEqualTo(before + 1);
    }

    @Test
    void theCliSaysWhyARunFailed() throws IOException, InterruptedException {
        int before = gateway.platform().simulator().billedImages();

        assertThat(cli.error("run", MODEL, "-p", "[fail]")).contains("the simulator failed as requested");
        assertThat(cli.error("run", MODEL, "-p", "a cat", "-i", "num_image=2")).contains("did you mean num_images?");
        assertThat(cli.error("run", "wavespeed-ai/imagen5", "-p", "a cat")).contains("model_not_found");
        assertThat(gateway.platform().simulator().billedImages()).isEqualTo(before);
    }

    @Test
    void theCliFindsARunInTheHistoryShowsItAndDeletesIt() throws IOException, InterruptedException {
        var output = cli.json("run", MODEL, "-p", "a cat to forget").getString("outputs[0]");
        var history = cli.json("history", "--limit", "1", "--model", MODEL, "--status", "completed");
        var id = history.getString("items[0].id");
        var printed = cli.text("history");
        var shown = cli.json("show", id);

        assertThat(history.getInt("page")).isEqualTo(1);
        assertThat(history.getList("items")).hasSize(1);
        assertThat(history.getString("items[0].outputs[0]")).isEqualTo(output);
        assertThat(history.getString("items[0].inputs.prompt")).isEqualTo("a cat to forget");
        assertThat(history.getInt("items[0].executionTime")).isEqualTo(500);
        assertThat(printed).contains(id, "completed", "prompt: a cat to forget", "output: " + output);
        assertThat(shown.getString("status")).isEqualTo("completed");
        assertThat(shown.getString("outputs[0]")).isEqualTo(output);

        var deleted = cli.json("delete", id);

        assertThat(deleted.getList("deleted")).isEqualTo(List.of(id));
        assertThat(cli.json("history").<String>getList("items.id")).doesNotContain(id);
        assertThat(cli.error("show", id)).contains("404");
    }

    @Test
    void theHistoryOfTheCliIsFilteredAndInPages() throws IOException, InterruptedException {
        var ids = List.of(gateway.submitted("first of the pages"), gateway.submitted("second of the pages"));
        ids.forEach(gateway::completed);

        var newest = cli.json("history", "--limit", "1");
        var second = cli.json("history", "--limit", "1", "--page", "2");

        assertThat(newest.getList("items.id")).isEqualTo(List.of(ids.get(1)));
        assertThat(second.getList("items.id")).isEqualTo(List.of(ids.get(0)));
        assertThat(second.getInt("page")).isEqualTo(2);
        for (var nothing : List.of("--status=pending", "--model=google/imagen4", "--since=2100-01-01")) {
            assertThat(cli.json("history", nothing).<String>getList("items.id"))
                    .as(nothing)
                    .doesNotContainAnyElementsOf(ids);
        }
    }

    @Test
    void theCliSeesNothingOfAnotherOwner() throws IOException, InterruptedException {
        var theirs = gateway.requestWith(gateway.platform().createKey(new Owner("acme")))
                .body("{\"prompt\": \"a foreign cat\"}")
                .post(gateway.url(RunningPlatform.MODEL))
                .<String>path("data.id");

        assertThat(cli.json("history").<String>getList("items.id")).doesNotContain(theirs);
        assertThat(cli.error("show", theirs)).contains("404");
        cli.json("delete", theirs);
        assertThat(gateway.rows()).anySatisfy(row -> assertThat(row.toString()).contains(theirs, "a foreign cat"));
    }

    @Test
    void theCliIsToldThatThereAreNoUploads() throws IOException, InterruptedException {
        var file = Files.writeString(home.resolve("cat.txt"), "a cat");

        assertThat(cli.error("upload", file.toString())).contains("this gateway takes no uploads");
    }

    @Test
    void theMcpServerFindsAModelQuotesItsPriceAndRunsIt() throws IOException {
        int before = gateway.platform().simulator().posts();
        try (var mcp = new McpServerProcess(tools, home, gateway)) {
            var models = mcp.tool("list_models", "{\"query\": \"imagen\", \"refresh\": true}");
            var schema = mcp.tool("get_model_schema", "{\"model\": \"%s\"}".formatted(MODEL));
            var price = mcp.tool("get_price", call("{\"prompt\": \"a cat\", \"num_images\": 4}"));
            var unknown = mcp.tool("get_price", "{\"model\": \"%s\"}".formatted(WITHOUT_PRICE));
            var run = mcp.tool("run_model", call("{\"prompt\": \"a cat\", \"num_images\": 4}"));
            var prediction = mcp.tool(
                    "get_prediction", "{\"id\": \"%s\"}".formatted(run.json().getString("id")));
            var balance = mcp.tool("get_balance", "{}");

            assertThat(mcp.tools().findValuesAsText("name"))
                    .contains("list_models", "get_model_schema", "get_price", "get_balance")
                    .contains("run_model", "get_prediction");
            assertThat(models.json().<String>getList("models.model_id")).contains(MODEL, "google/imagen4");
            assertThat(schema.json().getList("property_order"))
                    .isEqualTo(List.of("prompt", "negative_prompt", "aspect_ratio", "num_images", "seed"));
            assertThat(schema.json().getList("required")).isEqualTo(List.of("prompt"));
            assertThat(schema.json().getInt("properties.num_images.maximum")).isEqualTo(4);
            assertThat(price.json().getDouble("price")).isEqualTo(0.16);
            assertThat(price.json().getString("currency")).isEqualTo("USD");
            assertThat(price.json().getList("unpriced_inputs")).isEmpty();
            assertThat(price.json().getBoolean("at_base_price")).isFalse();
            assertThat(unknown.json().getString("price")).isNull();
            assertThat(unknown.json().getString("note")).contains("no price is established");
            assertThat(run.json().getString("status")).isEqualTo("completed");
            assertThat(run.json().<String>getList("outputs"))
                    .hasSize(4)
                    .allSatisfy(url -> given().get(url).then().statusCode(200));
            assertThat(prediction.json().getList("outputs"))
                    .isEqualTo(run.json().getList("outputs"));
            assertThat(prediction.json().getString("model")).isEqualTo(MODEL);
            assertThat(balance.json().getDouble("balance")).isBetween(95.0, 100.0);
        }
        assertThat(gateway.platform().simulator().posts()).isEqualTo(before + 1);
    }

    @Test
    void theMcpServerReadsARunLaterThatItDidNotWaitFor() throws IOException {
        try (var mcp = new McpServerProcess(tools, home, gateway)) {
            var submitted = mcp.tool("run_model", """
                    {"model": "%s", "input": {"prompt": "a slow cat"}, "wait_seconds": 0}""".formatted(MODEL));
            var id = submitted.json().getString("id");

            gateway.completed(id);
            var read = mcp.tool("get_prediction", "{\"id\": \"%s\"}".formatted(id));

            assertThat(submitted.json().getString("status")).isIn("created", "processing");
            assertThat(read.json().getString("status")).isEqualTo("completed");
            assertThat(read.json().getList("outputs")).hasSize(1);
        }
    }

    @Test
    void theMcpServerTellsAnAgentWhatIsWrong() throws IOException {
        int before = gateway.platform().simulator().posts();
        try (var mcp = new McpServerProcess(tools, home, gateway)) {
            var misspelt = mcp.tool("run_model", call("{\"prompt\": \"a cat\", \"num_image\": 4}"));
            var upload = mcp.tool("upload_file", "{\"path\": \"%s\"}".formatted(WORK.resolve("run.mjs")));

            assertThat(List.of(misspelt, upload)).allMatch(McpServerProcess.ToolResult::isError);
            assertThat(misspelt.text()).contains("did you mean num_images?", "[invalid_input]");
            assertThat(upload.text()).contains("this gateway takes no uploads");
        }
        assertThat(gateway.platform().simulator().posts()).isEqualTo(before);
    }

    private static Map<String, Object> model(JsonPath models, String id) {
        return models.<Map<String, Object>>getList("").stream()
                .filter(model -> id.equals(model.get("model_id")))
                .findFirst()
                .orElseThrow();
    }

    /** The arguments of a tool that takes a model and its input. */
    private static String call(String input) {
        return "{\"model\": \"%s\", \"input\": %s}".formatted(MODEL, input);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            sh,      image.sh
            python3, image.py
            java,    Image.java
            """)
    void anExampleOfTheReadmePollsToTheEnd(String program, String file) throws IOException, InterruptedException {
        assumeThat(isInstalled(program)).as("%s is installed", program).isTrue();
        ReadmeExample.of(program + " " + file, gateway).writeTo(WORK);

        var ended = run("env", "KEY=" + gateway.key().value(), program, file);

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("completed").containsPattern("https?://\\S+/0\\.png");
    }

    private static boolean isInstalled(String program) throws IOException, InterruptedException {
        return run("sh", "-c", "command -v " + program).exitCode() == 0;
    }

    private static Ended client(String input) throws IOException, InterruptedException {
        return client(input, "{}");
    }

    private static Ended client(String input, String options) throws IOException, InterruptedException {
        return run(
                "node",
                "run.mjs",
                gateway.platform().address().toString(),
                gateway.key().value(),
                input,
                options);
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(List.of(command)).directory(WORK.toFile()).redirectErrorStream(true);
        // The README's Java example needs the JDK of this test, and not an older one that comes first on the path.
        builder.environment().merge("PATH", System.getProperty("java.home") + "/bin:", (path, jdk) -> jdk + path);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
