namespace Plimsoll.Engine.Gates;

/// <summary>The policy that a team starts from.</summary>
public static class PolicyTemplate
{
    /// <summary>YAML with a comment on every line that wants one.</summary>
    public const string Text = """
        # A Plimsoll policy: what an image of this team may be. Leave out what you do not want judged.
        name: default

        limits:
          size: 500MiB          # bytes of all layers, uncompressed
          layers: 40
          efficiency: 0.90      # at least this share of the size can be seen in the final tree
          waste: 50MiB          # at most this many bytes that nobody can read

        vulnerabilities:
          failOn: high          # info, low, medium, high, critical or never
          onlyFixable: true     # let through what has no fixed version yet
          graceDays: 7          # days to react before a new vulnerability counts
          failOnKnownExploited: true
          maxDataAge: 7d
          whenNoData: undecided # undecided, pass or fail
          ignoreVex: false      # true: judge also what a VEX document calls not affected or fixed

        findings:
          failOn: high

        secrets:
          failOn: any

        # Checks that must hold whatever their severity; 'plimsoll checks' lists them.
        require: [ non-root-user, healthcheck ]

        # exemptions:
        #   - id: setuid-setgid
        #     reason: mount is needed by the entrypoint
        #     owner: team-a
        #     until: 2026-12-31
        exemptions: []

        """;
}
