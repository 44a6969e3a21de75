package dev.darkroom.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A function as {@code serverless.yml} declares it.
 *
 * @param role logical id of the role that it runs under
 * @param environment parameters have their defaults; what only CloudFormation knows stands there as it is
 */
record FunctionSpec(
        String name,
        String role,
        int memoryMegabytes,
        Duration timeout,
        Map<String, String> environment,
        List<Route> routes) {}
