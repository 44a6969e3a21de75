package dev.darkroom.local.iam;

/**
 * A permission: a principal may perform an action on a resource.
 *
 * @param principal a function, a state machine or the scheduler
 * @param resource an ARN, and the keys of the table if only some are allowed
 */
public record Permission(String principal, String action, String resource) {}
