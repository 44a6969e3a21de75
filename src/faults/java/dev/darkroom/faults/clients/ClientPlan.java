package dev.darkroom.faults.clients;

/**
 * The size of a run.
 *
 * @param calls of each client
 * @param callers how many calls of a client run at once
 * @param broken the share of the requests that the line disturbs, from 0 to 1
 * @param undelivered the share of the images that may be charged and not reach a client that marks its retries, from 0
 *     to 1: those of calls whose three requests all broke
 */
public record ClientPlan(long seed, int calls, int callers, double broken, double undelivered) {}
