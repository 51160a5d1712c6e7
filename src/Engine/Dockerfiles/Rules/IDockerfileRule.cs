namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>One rule for authors: a function of a Dockerfile that is already read. No I/O, no clock.</summary>
internal interface IDockerfileRule
{
    RuleInfo Info { get; }

    /// <summary>The places where the file breaks the rule; none when it holds.</summary>
    IEnumerable<Remark> Run(ReviewedFile file);
}
