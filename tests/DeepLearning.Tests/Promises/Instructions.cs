using System.Reflection;
using System.Reflection.Emit;

namespace DeepLearning.Tests.Promises;

/// <summary>Reads a compiled method: which methods, constructors and fields its instructions name.</summary>
internal static class Instructions
{
    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<MemberInfo> MembersOf(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } body) yield break;
        Type[]? typeArguments = method.DeclaringType?.GetGenericArguments();
        Type[]? methodArguments = method is MethodInfo ? method.GetGenericArguments() : null;
        for (int at = 0; at < body.Length;)
        {
            short value = body[at++];
            if (value == 0xFE) value = (short)(0xFE00 | body[at++]);
            OpCode code = s_codes[value];
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField)
            {
                int token = BitConverter.ToInt32(body, at);
                if (method.Module.ResolveMember(token, typeArguments, methodArguments) is { } member) yield return member;
            }
            at += OperandSize(code.OperandType, body, at);
        }
    }

    private static int OperandSize(OperandType type, byte[] body, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(body, at),
        _ => 4,
    };
}
