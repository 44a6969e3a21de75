package dev.darkroom.core.catalogue;

/**
 * One thing that is wrong with a request.
 *
 * @param field the parameter that is wrong, or {@code body}, {@code path}, … when it is not a parameter
 * @param message what is wrong, without repeating the value
 */
public record Violation(String field, String message) {}
