/** Layouts of X11 as Debian's console-setup takes them (rules/base.lst of xkb-data 2.35). */
export const keyboardLayouts: readonly string[] = `
  af al am ara at au az ba bd be bg br brai bt bw by ca cd ch cm cn custom cz de dk dz ee eg epo es et fi fo fr gb ge
  gh gn gr hr hu id ie il in iq ir is it jp jv ke kg kh kr kz la latam lk lt lv ma mao md me mk ml mm mn mt mv my
  nec_vndr/jp ng nl no np ph pk pl pt ro rs ru se si sk sn sy tg th tj tm tr trans tw tz ua us uz vn za
`
  .trim()
  .split(/\s+/);
