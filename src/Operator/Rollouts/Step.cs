namespace Plimsoll.Operator.Rollouts;

/// <summary>What a look comes to: a question, after whose answer it is looked again, or at most one effect, then the status.</summary>
internal sealed record Step(RolloutStatus Status, IReadOnlyList<Notice> Notices, Question? Question = null, Effect? Effect = null, TimeSpan? LookAgainIn = null);

/// <summary>What the service is asked.</summary>
internal abstract record Question
{
    /// <summary>What a reference points at now.</summary>
    internal sealed record Resolve(string Image) : Question;

    /// <summary>Whether a digest passes.</summary>
    internal sealed record Judge(string Digest, IReadOnlyList<string> Platforms) : Question;

    /// <summary>To inspect it. The same digest asked for twice is inspected once.</summary>
    internal sealed record Inspect(string Image, IReadOnlyList<string> Platforms) : Question;
}

/// <summary>What is done to the cluster.</summary>
internal abstract record Effect
{
    /// <summary>The container gets this image, if the target is still the one that was seen.</summary>
    internal sealed record SetImage(string Image, string Uid, string ResourceVersion) : Effect;

    internal sealed record StartSmoke(string Image, string Digest) : Effect;

    internal sealed record EndSmoke(string Name) : Effect;
}

/// <summary>An event of the cluster.</summary>
internal sealed record Notice(string Reason, bool IsWarning, string Text);
