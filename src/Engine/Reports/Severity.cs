namespace Plimsoll.Engine.Reports;

/// <summary>How bad a finding or a vulnerability is, from least to worst.</summary>
public enum Severity { Info, Low, Medium, High, Critical }
