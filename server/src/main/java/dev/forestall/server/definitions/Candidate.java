package dev.forestall.server.definitions;

import dev.forestall.loop.host.Difference;
import dev.forestall.pack.Pack;
import dev.forestall.pack.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A pack that was handed in.
 *
 * @param id by which it is deployed
 * @param pack empty when it has errors
 * @param inForce hash of the definition that it would replace
 * @param difference from that definition; empty when it has errors
 */
public record Candidate(
        String id, List<Problem> problems, Optional<Pack> pack, String inForce, Optional<Difference> difference) {

    public Candidate {
        problems = List.copyOf(problems);
    }
}
