using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Vex;

/// <summary>A statement with its products as they are compared.</summary>
internal sealed record FiledStatement(VexDocument Document, VexStatement Statement, IReadOnlyList<VexScope> Scopes)
{
    /// <summary>The product of the statement that is this package, or its image; null where none is, with what comes nearest.</summary>
    public VexScope? Find(Purl? package, VexSubject subject, out VexFit nearest)
    {
        nearest = VexFit.OtherPackage;
        foreach (var scope in Scopes)
            if (scope.Fits(package, subject) is var fit && fit.Rank == VexRank.Fits)
                return scope;
            else if (fit.Rank < nearest.Rank)
                nearest = fit;
        return null;
    }

    /// <summary>Whether the other holds where both would: it is later, or at the same time more cautious.</summary>
    public bool IsBefore(FiledStatement other) => (Statement.At ?? DateTimeOffset.MinValue).CompareTo(other.Statement.At ?? DateTimeOffset.MinValue) switch
    {
        0 => Statement.Status < other.Statement.Status,
        var order => order < 0,
    };
}

/// <summary>A statement that holds for a package of an image.</summary>
/// <param name="Name">The vulnerability's, by which it was found.</param>
internal sealed record HeldStatement(FiledStatement Filed, VexScope Scope, string Name)
{
    public VexDocument Document => Filed.Document;

    public VexStatement Statement => Filed.Statement;

    public VexReport Report(IReadOnlyList<string> notApplied) => new(
        Statement.Status, Statement.Justification, Statement.Text, Name, Scope.Name, Document.Id, Document.Author, Statement.At, notApplied);
}
