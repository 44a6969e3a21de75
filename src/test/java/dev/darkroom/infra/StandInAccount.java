package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.infra.FakeAccount.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An account in which {@code make deploy}, {@code make adopt} and {@code make remove} run to their end: a stand-in for
 * CloudFormation and osls keeps its stacks and what exists beside them.
 */
final class StandInAccount {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PROGRAM = InfraTools.PROJECT.resolve("src/test/resources/infra/account.mjs");

    private final FakeAccount project;
    private final Path state;

    StandInAccount(Path folder, Path template) throws IOException {
        project = new FakeAccount(folder);
        state = folder.resolve("state.json");
        project.with("STATE", state.toString()).with("TEMPLATE", template.toString());
        for (var program : new String[] {"aws", "npx", "npm"}) {
            project.command(program, """
                    #!/bin/sh
                    echo "%1$s $*" >> "$FAKE/calls"
                    exec node %2$s %1$s "$@"
                    """.formatted(program, PROGRAM));
        }
    }

    Ended deploy(String... parameters) throws IOException, InterruptedException {
        return project.deploy(parameters);
    }

    Ended adopt(String... parameters) throws IOException, InterruptedException {
        return project.adopt(parameters);
    }

    Ended remove() throws IOException, InterruptedException {
        return project.remove();
    }

    /** From now on osls deploys this template. */
    void template(Path template) {
        project.with("TEMPLATE", template.toString());
    }

    void stage(String stage) {
        project.with("STAGE", stage);
    }

    /** Stacks by name, and what exists as {@code world}, by type and name. */
    JsonNode state() throws IOException {
        return JSON.readTree(state.toFile());
    }

    /** A resource that exists, whatever stack it belongs to. */
    ObjectNode existing(JsonNode state, String type, String name) {
        return (ObjectNode) state.path("world").path(type + " " + name);
    }

    void write(JsonNode changed) throws IOException {
        Files.writeString(state, changed.toString());
    }

    /** The name of the resource that the stack has under this id; empty for none. */
    String ofStack(String stack, String id) throws IOException {
        return state().path("stacks")
                .path(stack)
                .path("resources")
                .path(id)
                .path("name")
                .asText();
    }
}
