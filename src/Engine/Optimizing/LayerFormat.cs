namespace Plimsoll.Engine.Optimizing;

/// <summary>How a layer may be compressed.</summary>
public enum LayerFormat { Gzip, Zstd }
