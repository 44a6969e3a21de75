package dev.darkroom.local.declared;

import java.time.Duration;

/**
 * A Lambda authorizer of the HTTP API as {@code serverless.yml} declares it.
 *
 * @param function the function that decides
 * @param header the header whose value it decides about
 * @param timeToLive how long a decision is cached
 */
public record AuthorizerSpec(String function, String header, Duration timeToLive) {}
