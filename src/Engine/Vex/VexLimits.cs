namespace Plimsoll.Engine.Vex;

/// <summary>How much a document may hold; real ones stay far below.</summary>
public static class VexLimits
{
    /// <summary>Bytes of a document.</summary>
    public const int Bytes = 16 << 20;

    /// <summary>Statements that cannot be used and are named one by one.</summary>
    public const int UnusableNamed = 100;

    /// <summary>Arrays and objects within each other. Branches of a product tree are the deepest that there is.</summary>
    internal const int Depth = 64;

    /// <summary>Characters of a name, a reference, a word.</summary>
    internal const int NameLength = 1024;

    /// <summary>Characters of a text that are kept.</summary>
    internal const int TextLength = 1000;

    /// <summary>Products of all statements together, with what names them and their parts: each may name any number, and each vulnerability of a document all of them.</summary>
    internal const int Products = 100_000;
}
