package dev.darkroom.local.declared;

import java.util.Map;

/**
 * A state machine as {@code infra/resources} declares it.
 *
 * @param name the file name of the definition, without its endings
 * @param fullName the name on AWS, with service and stage
 * @param role logical id of the role that it runs under
 * @param definition path of the file
 * @param substitutions values for the definition's placeholders
 */
public record StateMachineSpec(
        String name, String fullName, String role, String definition, Map<String, String> substitutions) {}
