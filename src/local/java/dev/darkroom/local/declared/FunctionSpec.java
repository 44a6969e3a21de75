package dev.darkroom.local.declared;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A function as {@code serverless.yml} declares it.
 *
 * @param role logical id of the role that it runs under
 * @param environment with the values of parameters; references that only CloudFormation can resolve stay as they are
 * @param reservedConcurrency how many events it handles at once, at most; empty without a limit of its own
 */
public record FunctionSpec(
        String name,
        String role,
        int memoryMegabytes,
        Duration timeout,
        Map<String, String> environment,
        List<Route> routes,
        OptionalInt reservedConcurrency) {}
