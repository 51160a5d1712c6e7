namespace Plimsoll.Engine.Optimizing;

/// <summary>What becomes of a layer.</summary>
public enum LayerFate { Kept, Rewritten, Removed }
