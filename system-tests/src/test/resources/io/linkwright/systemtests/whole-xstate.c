/*
 * Preloaded into User Mode Linux, whose buffer for the vector registers of a process has a fixed
 * size: 2,696 bytes in Linux 6.1. On processors that have more of them (AMX: 11,008 bytes) the
 * host refuses to set a part (EFAULT, xstateregs_set in arch/x86/kernel/fpu/regset.c), and the
 * guest's first process dies. The rest is filled in here from what the process has.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <string.h>
#include <linux/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

#ifndef NT_X86_XSTATE
#define NT_X86_XSTATE 0x202
#endif

typedef long ptrace_call(int request, pid_t pid, void *address, void *data);

/* Not on the stack: a kernel's is small. User Mode Linux has one processor. */
static char whole[64 * 1024];

long ptrace(int request, pid_t pid, void *address, void *data)
{
	static ptrace_call *next;
	struct iovec *part = data;
	struct iovec all = { whole, sizeof(whole) };

	if (next == NULL)
		next = (ptrace_call *)dlsym(RTLD_NEXT, "ptrace");
	if (request != PTRACE_SETREGSET || address != (void *)NT_X86_XSTATE)
		return next(request, pid, address, data);
	if (next(PTRACE_GETREGSET, pid, address, &all) < 0)
		return -1;
	if (all.iov_len <= part->iov_len)
		return next(request, pid, address, data);
	memcpy(whole, part->iov_base, part->iov_len);
	return next(request, pid, address, &all);
}
