namespace Plimsoll.Engine.Images.Registry;

/// <summary>What a token is to allow (distribution, "Docker Registry v2 authentication", "Token Scope").</summary>
/// <param name="Writes">Whether the repository is also written.</param>
/// <param name="AlsoReads">Another repository that blobs are mounted from.</param>
internal sealed record RegistryScope(string Repository, bool Writes = false, string? AlsoReads = null)
{
    /// <summary>What is asked for. Whoever reads believes the registry's word; who writes needs more than what the first request made it say.</summary>
    public IEnumerable<string> Answering(Challenge challenge)
    {
        if (!Writes)
            return [challenge.Scope ?? $"repository:{Repository}:pull"];
        IEnumerable<string> needed = AlsoReads is null ? [$"repository:{Repository}:pull,push"] : [$"repository:{Repository}:pull,push", $"repository:{AlsoReads}:pull"];
        return needed.Concat(challenge.Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []).Distinct();
    }
}
